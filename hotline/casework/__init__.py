"""What people do to a case beside the steps of its lifecycle: look, lower, record, keep out, fill in."""
