package running

import "testing"

func TestIsHopeless(t *testing.T) {
	for reason, want := range map[string]bool{
		"SYNTAX_ERROR": true, "MISSING_SCHEMA_NAME: line 1:8": true, "MISSING_CATALOG_NAME": true,
		"": false, "HIVE_BAD_DATA": false, "SYNTAX_ERRORS": false, "the SYNTAX_ERROR": false, "SYNTAX": false,
	} {
		if got := IsHopeless(reason); got != want {
			t.Errorf("%q: %t", reason, got)
		}
	}
}

// Wait waits for the last query, and not at all without one.
func TestWait(t *testing.T) {
	var q Queries
	q.Wait()
	first, second := q.Begin(), q.Begin()
	first()
	waited := make(chan struct{})
	go func() {
		q.Wait()
		close(waited)
	}()
	select {
	case <-waited:
		t.Error("it did not wait for a query")
	default:
	}
	second()
	<-waited
}
