"""The portal: where coordinator and partners work. `config` is the project; each app owns and guards its data."""
