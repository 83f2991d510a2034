package statement

import (
	"sort"
	"strings"
	"time"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/event"
	"trail403/ingest/policydoc"
)

// request is what tells requests apart.
type request struct {
	rows.Alike
	period   int    // between which changes of the documents it came
	resource string // the prefix of the object key, or the resource if it is known
	micros   int64  // only where a document asks for the time
}

// concern is what the denials of a context have in common.
type concern struct {
	moments []time.Time // at which the documents changed; none if there are no documents
	levels  int         // see [rows.Table.Prefix]
	byTime  bool        // a document asks for the time
}

// own is what is kept of a few denials beyond their rows.
type own struct{ message, key, session string }

// requests tells which denials are alike.
type requests struct {
	t        *rows.Table
	book     *document.Book
	concerns map[uint32]*concern // by context
	own      map[*rows.Row]own
	all      bool              // also of denials that no document concerns
	keys     map[string]string // the only KMS key that was seen for a bucket
}

// assume notes the KMS key of a denial of KMS that names none: the only one that was seen for
// the bucket. Objects of a bucket can have several keys, so this is not certain. It says
// whether there is such a key.
func (q *requests) assume(d *event.Denial) bool {
	if d.KMSKey != "" || !event.IsKMS(d.DeniedAction) || q.keys[d.Bucket] == "" {
		return false
	}
	d.KMSKey = q.keys[d.Bucket]
	return true
}

// of returns what documents say the same about. ok is false if no document concerns the
// denial.
func (q *requests) of(r *rows.Row) (k request, ok bool) {
	c := q.concerns[r.Context()]
	if c == nil || len(c.moments) == 0 {
		return request{}, false
	}
	return q.key(r, c), true
}

// key returns what denials of a context have alike.
func (q *requests) key(r *rows.Row, c *concern) (k request) {
	k.Alike = r.Alike()
	at := time.UnixMicro(r.Micros)
	k.period = sort.Search(len(c.moments), func(i int) bool { return c.moments[i].After(at) })
	if c.byTime {
		k.micros = r.Micros
	}
	if o, kept := q.own[r]; kept {
		k.resource = strings.Join([]string{o.message, o.key, o.session}, "\x00")
	} else if prefix, known := q.t.Prefix(r, c.levels); known {
		k.resource = prefix + "*"
	}
	return k
}

// read returns the denial of a row, and the request as far as it is known.
func (q *requests) read(r *rows.Row) (*event.Denial, *evaluate.Request) {
	d := q.t.Request(r)
	return d, q.requestOf(d, r)
}

func (q *requests) requestOf(d *event.Denial, r *rows.Row) *evaluate.Request {
	o := q.own[r]
	d.Message, d.Key, d.Session = o.message, o.key, o.session
	out := evaluate.RequestOf(d, &d.Context)
	if c := q.concerns[r.Context()]; c != nil {
		if prefix, known := q.t.Prefix(r, c.levels); known {
			out.SetKeyPrefix(d, prefix)
		}
	}
	return out
}

// add notes what is known of a denial's context, and of the denial beyond its row. It
// says whether documents concern it.
func (q *requests) add(r *rows.Row) bool {
	n := r.Context()
	c := q.concerns[n]
	if c == nil {
		c = &concern{levels: q.t.PrefixLevels(n)}
		q.concerns[n] = c
		d := q.t.Request(r)
		q.assume(d)
		req := evaluate.RequestOf(d, &d.Context)
		c.moments = q.book.Moments(d, req.Action, req.AccessPoint)
		c.byTime = len(c.moments) > 0 && q.asksForTime(c, d, req)
	}
	if len(c.moments) == 0 && !q.all {
		return false
	}
	detail := q.t.Detail(r)
	if o := (own{detail.Text(), detail.Key(), detail.Session()}); o != (own{}) {
		q.own[r] = o
	}
	return len(c.moments) > 0
}

// asksForTime says whether a document asks for the time of a request.
func (q *requests) asksForTime(c *concern, d *event.Denial, r *evaluate.Request) bool {
	for _, at := range c.moments {
		then := *d
		then.Time = at
		for _, p := range q.book.Concerned(&then, r) {
			for i := range p.Document.Statements {
				if namesTime(&p.Document.Statements[i]) {
					return true
				}
			}
		}
	}
	return false
}

func namesTime(s *policydoc.Statement) bool {
	text := strings.ToLower(s.Canonical())
	return strings.Contains(text, "aws:currenttime") || strings.Contains(text, "aws:epochtime")
}
