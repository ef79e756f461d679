"""Measures the product beside a bare server, a minimal reference turn and a peer, on this machine, over loopback only."""
