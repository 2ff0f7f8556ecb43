package upstream

var (
	ReadWait  = readWait
	Asked     = asked
	Before    = before
	Next      = next
	Backoff   = backoff
	Explained = func(secrets []string, text string) string { return oneLine(newStrike(secrets)(text)) }
)
