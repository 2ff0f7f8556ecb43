module github.com/tidegate-go/tidegate/internal/judges

go 1.26.0

replace github.com/tidegate-go/tidegate => ../..

require (
	github.com/santhosh-tekuri/jsonschema/v6 v6.0.3
	github.com/tidegate-go/tidegate v0.0.0-00010101000000-000000000000
)

require golang.org/x/text v0.42.0 // indirect
