"""The portal as a Django project: settings, addresses, and how it is served."""
