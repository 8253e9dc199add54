"""What is known before reading: places and actors."""
