package proposal

import (
	"testing"

	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// Every request of a trail is judged, so that each one counts.
func BenchmarkJudge(b *testing.B) {
	d, err := policydoc.Parse([]byte(withoutPrincipal(denying(`{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}`))))
	if err != nil {
		b.Fatal(err)
	}
	p := New(Target{Kind: event.SCP}, d, nil)
	request := success()
	for b.Loop() {
		p.judge(&request)
	}
}
