package connectortest

// ways are where a case is tried.
type ways uint8

const (
	direct     ways = 1 << iota // the Go interface, in this process
	acrossGRPC                  // behind the SDK's server, on a connection in memory
	asProcess                   // the program, as a host starts it

	remotely   = acrossGRPC | asProcess
	everywhere = direct | remotely
)

var wayNames = map[ways]string{direct: "direct", acrossGRPC: "grpc", asProcess: "process"}

// A clause is one promise of the contract and the case that proves it.
type clause struct {
	name    string
	promise string
	ways    ways
	prove   func(s *sitting)
}

// clauses is the exam. Its three doors, [Run], [Check] and [Examine], share it.
var clauses = []clause{
	{"describe", "the description is the same every time, complete, and its schemas are JSON Schemas of objects", everywhere, describes},
	{"good-settings", "the settings that users are told to write open an instance, and it is ready", everywhere, opens},
	{"bad-settings", "settings that cannot be right, or that the schema does not have, are refused with invalid-config and the path", everywhere, refuses},
	{"unknown-kind", "a query of a kind that was not declared is refused with unknown-kind", remotely, unknownKind},
	{"secrets", "no secret stands in an error, an answer or a log", everywhere, secrets},
	{"measure-twice", "measuring changes nothing: the same question has the same answer", everywhere, measures},
	{"utc", "moments are in UTC", everywhere, utc},
	{"list-complete", "a complete list has every item once", everywhere, lists},
	{"resume", "from each cursor a list goes on behind it, without loss and repetition", everywhere, resumes},
	{"yield-error", "a list stops when its reader does, and returns the reader's error", everywhere, stops},
	{"cursor-loop", "a source that turns in a circle ends the list with cursor-loop", remotely, loops},
	{"batches", "a batch has at most 100 items, and nothing comes after Done", remotely, batches},
	{"cancel", "a call, and what it asked the outside system, ends within a second when the host gives up", everywhere, cancels},
	{"deadline", "a call, and what it asked the outside system, ends within a second when its time is over", everywhere, deadlines},
	{"rate-limited", "a source that asks to wait longer than the call lasts is rate-limited, with the time to wait", everywhere, limited},
	{"garbage", "an outside system that answers nonsense is a diagnostic, and the next answer is as good as ever", everywhere, nonsense},
	{"unknown-fields", "fields of a later minor version are ignored", remotely, unknownFields},
	{"message-size", "a message of up to 16 MiB is read, and a larger one harms nobody", remotely, sizes},
	{"panic", "a panic is one failed answer, and the next one is as good as ever", remotely, panics},
	{"close", "Close can be called once and leaves nothing to answer", everywhere, closes},
	{"uninvited", "a program that no host started says so and exits with status 1", asProcess, uninvited},
	{"handshake", "the first line is the handshake, and the socket is in the private directory", asProcess, shakesHands},
	{"log-format", "what is logged are lines of text, or of JSON with a level and a message", asProcess, logs},
	{"kill", "a process that is killed in the middle of a list loses no item: the next one goes on from the last cursor", asProcess, killed},
	{"shutdown", "a program that is asked to end does so within two seconds", asProcess, shutsDown},
	{"orphan", "a program whose host was killed ends by itself", asProcess, orphaned},
}
