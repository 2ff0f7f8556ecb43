package value

// For the test of links that are plain.
var (
	PlainLink   = plainLink
	LinkFaultOf = linkFaultOf
)
