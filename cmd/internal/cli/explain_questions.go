package cli

import (
	"bufio"
	"errors"
	"fmt"
	"strings"
	"time"

	"trail403/ingest/denial"
	"trail403/ingest/scan"
)

// maxLine is how long a message can be, in bytes. Messages have about a kilobyte,
// and anything much longer is another kind of file.
const maxLine = 1 << 20

// Texts are read in pieces of this size, so a log of any length can be piped. An
// error message that continues in the next piece is rare.
const maxText = 256 << 10

// questions reads the texts and records to explain, in their order.
type questions struct {
	answers chan *answer // closed after the last one
	done    <-chan struct{}
	now     time.Time
	// policies are nil without --policies.
	policies *library

	// These can be read after answers is closed.
	err     error
	records int  // how many JSON values can be records
	isJSON  bool // there was some JSON

	in      *bufio.Reader
	sent    int // answers
	line    int // of standard input, from 1
	scan    scan.Reader
	decoder *denial.Decoder
}

// atJSON says whether a JSON value starts here: an object, or an array whose
// elements can be records. A log line such as "[ERROR] …" is not JSON, nor is what
// Python and JavaScript print of an object.
func (q *questions) atJSON() bool {
	inObject := false
	for n := 1; ; n++ {
		s := q.peek(n)
		if len(s) < n {
			return strings.HasPrefix(s, "[") || inObject
		}
		switch c := s[n-1]; {
		case strings.IndexByte(" \t\r\n", c) >= 0:
			if n == 1 {
				return false
			}
		case inObject:
			return c == '"' || c == '}'
		case c == '{':
			inObject = true
		case n == 1:
			if c != '[' {
				return false
			}
		default:
			return strings.IndexByte(`["]`, c) >= 0
		}
	}
}

// peek returns up to n of the next bytes.
func (q *questions) peek(n int) string {
	head, _ := q.in.Peek(n)
	return string(head)
}

var errEnded = errors.New("nobody waits for answers any longer")

func (q *questions) send(a *answer) error {
	select {
	case q.answers <- a:
		q.sent++
		return nil
	case <-q.done:
		return errEnded
	}
}

// nothing explains why there was no answer.
func (q *questions) nothing() error {
	switch {
	case !q.isJSON:
		return errors.New("nothing to explain: the input is empty")
	case q.records == 1:
		return errors.New("no S3 denial in 1 record")
	}
	return fmt.Errorf("no S3 denial in %d records", q.records)
}

func (q *questions) pasted(found []denial.Pasted) error {
	for i := range found {
		a := answerOfPasted(&found[i])
		a.now = q.now
		q.policies.explain(a, nil)
		if err := q.send(a); err != nil {
			return err
		}
	}
	return nil
}
