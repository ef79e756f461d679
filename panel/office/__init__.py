"""Work beside the cases: accounts, figures and their monthly review, the dialogs as drawings, and the poster."""
