"""What does Recoupe reach, and how fast? Measured with the reference scorers on data that stays outside the project."""
