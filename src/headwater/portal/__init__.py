"""The portal: where coordinator and partners will work. An open door; nothing behind it yet."""
