"""The program: everything put together once, the ways out to the providers, and the processes."""
