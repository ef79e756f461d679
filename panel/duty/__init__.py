"""Who is called and how: the roster, the phones and browsers that ring, and the drills that prove it."""
