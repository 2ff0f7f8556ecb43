package azureboardsconnector

import (
	"context"

	"github.com/tidegate-go/tidegate/connectors"
)

// Check proves the token by the calls that will be made: a query, reading an
// item that it found, and the iterations of the teams of the settings. A project
// in which nothing can be seen is forbidden: nothing could be counted there.
func (in *instance) Check(ctx context.Context) error {
	f, err := in.ask(ctx, "[System.Id] > 0", place{}, 1, nil)
	if err != nil {
		return err
	}
	if len(f.ids) == 0 {
		return &connectors.Diagnostic{Code: connectors.CodeForbidden, Origin: connectors.FromUpstream, Path: "project",
			Summary: "the project has no work item that the token may see"}
	}
	if _, whole, _, err := in.load(ctx, f.ids[:1], batchBody{Fields: workFields, AsOf: f.asOf}, nil); err != nil {
		return err
	} else if !whole {
		return &connectors.Diagnostic{Code: connectors.CodeForbidden, Origin: connectors.FromUpstream, Path: "project",
			Summary: "a work item that a query found may not be read"}
	}
	for _, team := range in.teams {
		if _, _, err := in.listIterations(ctx, team, "current"); err != nil {
			return err
		}
	}
	return nil
}
