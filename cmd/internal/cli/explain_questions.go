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
	line    int // of standard input, from 1
	scan    scan.Reader
	decoder *denial.Decoder
}

// skipSpace goes to the next character that is not white space.
func (q *questions) skipSpace() error {
	for {
		c, err := q.in.ReadByte()
		if err != nil {
			return err
		}
		switch c {
		case '\n':
			q.line++
		case ' ', '\t', '\r', '\v', '\f':
		default:
			return q.in.UnreadByte()
		}
	}
}

// atJSON says whether a JSON value starts here: an object, or an array whose
// elements can be records. A log line such as "[ERROR] …" is not JSON.
func (q *questions) atJSON() bool {
	for n := 1; ; n++ {
		s := q.peek(n)
		if len(s) < n {
			return strings.HasPrefix(s, "[")
		}
		switch c := s[n-1]; {
		case n == 1 && c == '{':
			return true
		case n == 1 && c != '[':
			return false
		case n > 1 && strings.IndexByte(`{["]`, c) >= 0:
			return true
		case n > 1 && strings.IndexByte(" \t\r\n", c) < 0:
			return false
		}
	}
}

// peek returns up to n of the next bytes.
func (q *questions) peek(n int) string {
	head, _ := q.in.Peek(n)
	return string(head)
}

// message answers a bare message.
func (q *questions) message(text string) error {
	a := answerOf(denial.OfMessage(text))
	q.policies.explain(a, nil)
	return q.send(a)
}

var errEnded = errors.New("nobody waits for answers any longer")

func (q *questions) send(a *answer) error {
	select {
	case q.answers <- a:
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
