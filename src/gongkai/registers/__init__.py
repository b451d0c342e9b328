"""双公示: licences and penalties as rows of two public registers. Nothing here can tell who a natural person is."""
