"""Programs that nobody here wrote, to test the channels against: a Bot API and Twilio's own OpenAPI behind Prism."""
