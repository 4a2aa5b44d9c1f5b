"""What the terminal can show and take: colours, signs, copies, what runs beside the screen."""
