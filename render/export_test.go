package render

// For the tests of escaping alone.
var (
	AppendText  = appendText
	AppendStart = appendStart
	AppendCode  = appendCode
	AppendLink  = appendLink
)
