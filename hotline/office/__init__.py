"""The people of the Dinas: their accounts, their rights, their duty."""
