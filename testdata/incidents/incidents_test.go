package main

import (
	"reflect"
	"testing"
	"time"
)

// The same seed makes the same archive, and another seed another one.
func TestSameSeed(t *testing.T) {
	a, b := newArchive("a", 1, 40, dealt(0, 4, "")), newArchive("a", 1, 40, dealt(0, 4, ""))
	if !reflect.DeepEqual(ids(a), ids(b)) {
		t.Error("two archives of one seed differ")
	}
	if c := newArchive("a", 2, 40, dealt(0, 4, "")); reflect.DeepEqual(ids(a), ids(c)) {
		t.Error("two seeds make one archive")
	}
}

func ids(w *world) (list []string) {
	for i := range w.events {
		list = append(list, w.events[i].id+w.events[i].at.String())
	}
	return list
}

// Each kind can be planted: it has denials, and its change if it has one.
func TestKinds(t *testing.T) {
	for i := range kinds {
		k := &kinds[i]
		w := newArchive(k.name, 1, 20, []*kind{k})
		if len(w.planted) == 0 {
			t.Errorf("%s: nothing planted", k.name)
			continue
		}
		v := w.see(time.Time{}, w.end.Add(time.Hour))
		for _, p := range w.planted {
			if v.planted[p] == 0 {
				t.Errorf("%s: no denials", k.name)
			}
			if k.changed && len(p.causes) == 0 {
				t.Errorf("%s: no cause", k.name)
			}
		}
	}
}

// The score of a report that says exactly what was planted is full, and that of one
// that lists background groups is none.
func TestScore(t *testing.T) {
	w := newArchive("score", 3, 30, dealt(0, 3, ""))
	v := w.see(time.Time{}, w.end.Add(time.Hour))
	r := &report{}
	byKey := map[string]string{}
	for key, g := range v.groups {
		id := "g-" + key
		byKey[key] = id
		name := ""
		if g.bucket != nil {
			name = g.bucket.name
		}
		r.Groups = append(r.Groups, reportedGroup{ID: id, Principal: g.who.arn(), Action: actions[g.call], Bucket: name})
	}
	for _, p := range w.planted {
		in := incident{ID: "i-" + p.kind.name, Onset: p.onset}
		for key, list := range v.denials {
			for _, d := range list {
				if d.planted == p {
					in.Groups = append(in.Groups, byKey[key])
					break
				}
			}
		}
		for id, c := range v.changes {
			for _, cause := range p.causes {
				if c == cause {
					in.Changes = append(in.Changes, named{EventID: id})
				}
			}
		}
		r.Incidents = append(r.Incidents, in)
	}
	verdicts := v.judge(r)
	for _, x := range verdicts {
		if x.planted == nil {
			t.Errorf("%s is called false", x.listed.ID)
		}
	}
	for _, p := range w.planted {
		s := v.score(p, verdicts)
		if !s.found() || !s.one || len(p.causes) > 0 && !s.first || len(s.impossible) > 0 {
			t.Errorf("%s: %+v", p.kind.name, s)
		}
	}
}
