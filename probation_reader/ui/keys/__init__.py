"""What keys do: the registry of actions, presets, the reader's own keymap."""
