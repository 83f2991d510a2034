package ingest

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"sync"
	"testing"

	"trail403/ingest/coverage"
	"trail403/ingest/source"
)

// knower answers for objects that it knows.
type knower struct {
	answers map[string]*source.Answer
	err     error

	mu    sync.Mutex
	asked [][]source.Entry
}

func (k *knower) Covers(name string) bool { return strings.HasPrefix(name, "k/") }

func (k *knower) Query(objects []source.Entry) string { return fmt.Sprint(len(objects)) }

func (k *knower) Answer(_ context.Context, objects []source.Entry) (map[string]*source.Answer, error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked = append(k.asked, objects)
	return k.answers, k.err
}

const (
	deniedGet = `{"eventVersion":"1.08","eventTime":"2026-10-01T00:00:00Z","eventSource":"s3.amazonaws.com","eventName":"GetObject",` +
		`"errorCode":"AccessDenied","eventID":"e1","eventCategory":"Data","requestParameters":{"bucketName":"b"}}`
	changedPolicy = `{"eventVersion":"1.08","eventTime":"2026-10-01T00:00:00Z","eventSource":"s3.amazonaws.com","eventName":"PutBucketPolicy",` +
		`"eventID":"e2","requestParameters":{"bucketName":"b"}}`
	otherCall = `{"eventVersion":"1.08","eventTime":"2026-10-01T00:00:00Z","eventSource":"ec2.amazonaws.com","eventName":"RunInstances","eventID":"e3"}`
)

func fileOf(records ...string) string { return `{"Records":[` + strings.Join(records, ",") + `]}` }

func answerOf(records, hits int, data bool, body string) *source.Answer {
	return &source.Answer{Records: records, Hits: hits, DataEvents: data, Body: func() ([]byte, error) {
		if body == "" {
			return nil, errors.New("it is gone")
		}
		return []byte(body), nil
	}}
}

// found is what a run found.
type found struct {
	coverage         *coverage.Coverage
	denials, changes []string
}

func runAsking(t *testing.T, objects memory, opts Options) (f found) {
	t.Helper()
	opts.Workers = 1
	sink := &collector{}
	c, err := Run(t.Context(), []source.Source{objects}, opts, func() Sink { return sink })
	if err != nil {
		t.Fatal(err)
	}
	addsUp(t, c, len(sink.denials))
	f.coverage = c
	for _, d := range sink.denials {
		f.denials = append(f.denials, d.Place.Object.Name+" "+d.EventID)
	}
	for _, c := range sink.changes {
		f.changes = append(f.changes, c.EventID)
	}
	slices.Sort(f.denials)
	return f
}

// What an engine answers counts as if it had been read, and what it does not answer, or not
// right, is read.
func TestAnswers(t *testing.T) {
	full := fileOf(deniedGet, otherCall, changedPolicy, otherCall)
	hits := fileOf(deniedGet, changedPolicy)
	objects := memory{"k/1": full, "k/2": fileOf(otherCall), "o/3": full}
	want := runAsking(t, objects, Options{})
	for name, answers := range map[string]map[string]*source.Answer{
		"none":            nil,
		"all":             {"k/1": answerOf(4, 2, true, hits), "k/2": answerOf(1, 0, false, "")},
		"one":             {"k/1": answerOf(4, 2, true, hits)},
		"more hits":       {"k/1": answerOf(4, 3, true, hits)},
		"fewer records":   {"k/1": answerOf(1, 2, true, hits)},
		"negative":        {"k/1": answerOf(4, -1, true, hits)},
		"no body":         {"k/1": answerOf(4, 2, true, "")},
		"broken body":     {"k/1": answerOf(4, 2, true, hits[:len(hits)-3])},
		"a digest":        {"k/1": answerOf(4, 1, true, `{"digestS3Object":"x"}`)},
		"a text":          {"k/1": answerOf(4, 1, true, "hello")},
		"no records":      {"k/1": answerOf(4, 2, true, `{"Records":[]}`)},
		"unknown objects": {"o/3": answerOf(1, 0, false, ""), "z": answerOf(1, 0, false, "")},
	} {
		got := runAsking(t, objects, Options{Engine: &knower{answers: answers}})
		got.coverage.Bytes = want.coverage.Bytes // no one knows those of an engine
		if !reflect.DeepEqual(got.coverage, want.coverage) {
			t.Errorf("%s: coverage %+v\nnot %+v", name, got.coverage, want.coverage)
		}
		if !slices.Equal(got.denials, want.denials) || !slices.Equal(got.changes, want.changes) || len(want.denials) != 2 || len(want.changes) != 2 {
			t.Errorf("%s: denials %v and changes %v", name, got.denials, got.changes)
		}
	}
}

// Some of the objects are read all the same. If the engine has fewer records of one of them,
// or more, no answer is trusted.
func TestAnswersAreSampled(t *testing.T) {
	objects, answers := memory{}, map[string]*source.Answer{}
	for i := range 2*sampledOf + firstSampled {
		name := fmt.Sprintf("k/%06d", i)
		objects[name], answers[name] = fileOf(deniedGet, otherCall), answerOf(2, 1, true, fileOf(deniedGet))
	}
	want := runAsking(t, objects, Options{})
	got := runAsking(t, objects, Options{Engine: &knower{answers: answers}})
	one := int64(len(fileOf(deniedGet, otherCall)))
	if got.coverage.Bytes.Compressed != 2*one || got.coverage.Records != want.coverage.Records {
		t.Errorf("%+v, an object has %d bytes", got.coverage, one)
	}
	for _, records := range []int{1, 3} {
		answers[fmt.Sprintf("k/%06d", sampledOf+firstSampled)] = answerOf(records, 1, true, fileOf(deniedGet))
		_, err := Run(t.Context(), []source.Source{objects}, Options{Engine: &knower{answers: answers}}, func() Sink { return &collector{} })
		if !errors.Is(err, ErrLost) || !strings.Contains(err.Error(), "k/001009, which holds 2") {
			t.Errorf("%d records: %v", records, err)
		}
	}
}

func TestAnswersFail(t *testing.T) {
	why := errors.New("no permission")
	_, err := Run(t.Context(), []source.Source{memory{"k/1": fileOf(otherCall)}}, Options{Engine: &knower{err: why}}, func() Sink { return &collector{} })
	if !errors.Is(err, why) {
		t.Errorf("%v", err)
	}
}

// Objects are asked for in parts of bounded size, each once.
func TestParts(t *testing.T) {
	objects := memory{}
	for i := range 2*maxAskedObjects + 5 {
		objects[fmt.Sprintf("k/%06d", i)] = fileOf(otherCall)
	}
	objects["k/"+strings.Repeat("x", maxAskedName)] = fileOf(otherCall) // too long to be asked for
	answers := map[string]*source.Answer{}
	for name := range objects {
		answers[name] = answerOf(1, 0, false, "")
	}
	k := &knower{answers: answers}
	got := runAsking(t, objects, Options{Engine: k, Queries: 3})
	total := 0
	for _, part := range k.asked {
		if len(part) > maxAskedObjects {
			t.Errorf("a part of %d objects", len(part))
		}
		total += len(part)
	}
	if len(k.asked) != 3 || total != len(objects)-1 || got.coverage.Objects.Read != len(objects) {
		t.Errorf("%d parts of %d objects, %d read", len(k.asked), total, got.coverage.Objects.Read)
	}
	a := &asker{engine: k, pass: func(job) error { return nil }, ask: func(jobs []job) error { total = len(jobs); return nil }}
	for range 3 {
		_ = a.take(job{entry: source.Entry{Name: "k/1", Size: maxAskedBytes / 2}})
	}
	if total != 2 || len(a.jobs) != 1 {
		t.Errorf("a part of %d large objects, and %d left", total, len(a.jobs))
	}
}
