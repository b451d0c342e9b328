"""What a person is told: in the in-app inbox always, by mail if she wants it. Nothing personal in either."""
