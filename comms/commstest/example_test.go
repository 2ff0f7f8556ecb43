package commstest_test

import (
	"context"
	"fmt"

	"github.com/tidegate-go/tidegate/comms"
	"github.com/tidegate-go/tidegate/comms/commstest"
)

// A channel that ends the process after it has taken the letter.
func ExampleRecorder() {
	r := commstest.Recorder{After: func(comms.Letter) error { return commstest.ErrCrash }}
	_, err := r.Send(context.Background(), comms.Letter{Key: "summary/20261209T170000Z/email"})
	fmt.Println(r.Keys(), err)
	// Output: [summary/20261209T170000Z/email] the process has ended
}
