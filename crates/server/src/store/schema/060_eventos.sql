-- For forgetting events that are too old.
CREATE INDEX IF NOT EXISTS evento_cuando ON evento (cuando);
