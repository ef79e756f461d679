"""What rings when: the ladder, the state of one alarm and the roster's gaps. Pure: values in, values out."""
