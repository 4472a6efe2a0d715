//! The edge: routes, extractors, problem+json. To add a route: its handler in the file of its noun, one line in [`routes`].
