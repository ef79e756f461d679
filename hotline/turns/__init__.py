"""What working one message needs: the person at the desk, their story, and what a dialog may ask of the host."""
