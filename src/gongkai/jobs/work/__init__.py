"""The worker's side: taking a job, doing it, and what happens when the worker does not come back."""
