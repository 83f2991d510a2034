package statement

import (
	"slices"

	"trail403/aggregate/document"
	"trail403/aggregate/evaluate"
	"trail403/aggregate/rows"
	"trail403/ingest/event"
)

// Limits for one group, so that documents and requests of any number take bounded time.
// What is beyond them is not judged.
const (
	mostRequests   = 1000
	mostStatements = 300_000 // compared with requests
)

// Judge knows what the documents say about the denials of a table. It is used by one
// goroutine.
type Judge struct {
	requests
	verdicts map[request]*verdict
	known    map[identity]*Statement  // each statement once
	ids      map[*Statement]*identity // the other way round
	texts    map[string]string        // each text once
}

// verdict is what the documents say about requests that are alike.
type verdict struct {
	hits      []hit
	disagrees string
}

// hit is a statement that has to do with a request.
type hit struct {
	statement *Statement // without what depends on the request
	matches   evaluate.Relation
	why, had  string
	unseen    []string
}

// identity tells statements apart. That a document is set again changes nothing.
type identity struct {
	kind               event.Policy
	name, on, complete string
	number             int
}

// New judges the denials of groups. It has to run while the table holds all that it
// keeps of them. With all, it also knows the denials that no document concerns.
func New(t *rows.Table, groups *rows.Groups, book *document.Book, all bool) *Judge {
	j := &Judge{
		requests: requests{
			t: t, book: book, concerns: map[uint32]*concern{}, own: map[*rows.Row]own{}, all: all,
		},
		verdicts: map[request]*verdict{}, texts: map[string]string{},
		known: map[identity]*Statement{}, ids: map[*Statement]*identity{},
	}
	if book.IsEmpty() && !all {
		return j
	}
	j.keys = t.OnlyKeys()
	var list []*rows.Row
	for n := range groups.Keys {
		list = list[:0]
		for r := range groups.Rows(n) {
			if j.add(r) {
				list = append(list, r)
			}
		}
		slices.SortFunc(list, t.CompareRows) // so that the same ones are judged in every run
		j.judge(list)
	}
	return j
}

// judge judges the requests of one group.
func (j *Judge) judge(list []*rows.Row) {
	judged, compared := 0, 0
	for _, r := range list {
		k, _ := j.of(r)
		if j.verdicts[k] != nil {
			continue
		}
		if judged++; judged > mostRequests || compared > mostStatements {
			return
		}
		d := j.t.Request(r)
		isAssumed := j.assume(d)
		req := j.requestOf(d, r)
		policies := j.book.Concerned(d, req)
		for i := range policies {
			compared += len(policies[i].Document.Statements)
		}
		e := evaluate.Explain(req, policies, d.Cause, d.PolicyARN)
		if isAssumed {
			e = withoutCertainty(e, d.KMSKey)
		}
		v := &verdict{disagrees: j.text(e.Disagrees)}
		for i := range e.Findings {
			f := &e.Findings[i]
			v.hits = append(v.hits, hit{j.statementOf(f), f.Matches, j.text(f.Why), j.text(f.Had), f.Unseen})
		}
		j.verdicts[k] = v
	}
}

// withoutCertainty returns an explanation that holds only if the request needed a KMS key
// that neither message nor record names.
func withoutCertainty(e evaluate.Explanation, key string) evaluate.Explanation {
	e.Disagrees = ""
	for i := range e.Findings {
		f := &e.Findings[i]
		f.Why += " The record does not name the KMS key: " + key + " is the only one that was seen for the bucket."
		if f.Matches == evaluate.Refuses {
			f.Matches = evaluate.MayRefuse
		}
		f.Unseen = append(slices.Clone(f.Unseen), unseenKey)
	}
	return e
}

// unseenKey is what an answer depends on if the key is not known: the resource of KMS.
const unseenKey = "Resource"

// text returns a text with the memory that equal ones have.
func (j *Judge) text(s string) string {
	if same, ok := j.texts[s]; ok {
		return same
	}
	j.texts[s] = s
	return s
}

func (j *Judge) statementOf(f *evaluate.Finding) *Statement {
	p := f.Policy
	k := identity{p.Kind, p.Name, p.On, f.Statement.Canonical(), f.Statement.Number}
	s := j.known[k]
	if s == nil {
		s = &Statement{
			Kind: p.Kind, Name: p.Name, On: p.On, Sid: f.Statement.Sid, Number: f.Statement.Number,
			Effect: f.Statement.Effect, Text: f.Statement.String(),
			Condition: f.Statement.ConditionWords(), Since: p.Since, Change: p.Change,
			File: p.File, Read: p.Read,
		}
		j.known[k], j.ids[s] = s, &k
	}
	return s
}

// verdict returns what the documents say about a denial, nil if they say nothing.
func (j *Judge) verdict(r *rows.Row) *verdict {
	if len(j.verdicts) == 0 {
		return nil
	}
	if k, ok := j.of(r); ok {
		return j.verdicts[k]
	}
	return nil
}
