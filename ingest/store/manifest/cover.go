package manifest

import (
	"cmp"
	"errors"
	"slices"
	"time"

	"trail403/ingest/coverage"
	"trail403/ingest/envelope/flat"
	"trail403/ingest/source"
)

// At is what the name of an object shows of its place. Each part is empty where it does
// not.
type At struct {
	Account string `json:"account,omitempty"`
	Region  string `json:"region,omitempty"`
	Day     string `json:"day,omitempty"` // 2026-10-28, of delivery
}

// AtOf reads the name of an object.
func AtOf(name string) At {
	told := source.Tell(name)
	at := At{Account: told.Account, Region: told.Region}
	if !told.Begin.IsZero() {
		at.Day = told.Begin.Format(time.DateOnly)
	}
	return at
}

// Folder is what a run read of the objects of one account, Region and day.
type Folder struct {
	At
	Cover
}

// FoldersOf returns folders as they are stored, sorted.
func FoldersOf(covers map[At]*coverage.Coverage) (all []Folder) {
	for at, c := range covers {
		all = append(all, Folder{at, CoverOf(c)})
	}
	slices.SortFunc(all, func(a, b Folder) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region), cmp.Compare(a.Day, b.Day))
	})
	return all
}

// Cover is a coverage that can be stored. It adds up as a coverage does.
type Cover struct {
	Read    int                     `json:"read,omitempty"`
	Failed  int                     `json:"failed,omitempty"` // members of archives: other objects are tried again
	Skipped map[coverage.Reason]int `json:"skipped,omitempty"`

	Seen        int `json:"records"`
	Denied      int `json:"denied,omitempty"` // at any time
	NotS3Denied int `json:"not_s3_denied,omitempty"`
	Malformed   int `json:"malformed,omitempty"`

	Compressed   int64 `json:"compressed_bytes,omitempty"`
	Decompressed int64 `json:"decompressed_bytes,omitempty"`

	Folders     int                    `json:"folders,omitempty"` // of archives, that were skipped
	Pruned      []string               `json:"pruned,omitempty"`
	Failures    []Failure              `json:"failures,omitempty"`
	Unsupported []coverage.Unsupported `json:"unsupported,omitempty"`
	Flattened   []Flattened            `json:"flattened,omitempty"`
	OtherLogs   coverage.OtherLogs     `json:"other_logs,omitempty"`
	Trails      []Trail                `json:"trails,omitempty"`
	DataEvents  coverage.DataEvents    `json:"data_events,omitempty"`
	Undated     int                    `json:"undated,omitempty"` // objects with records
	Delivered   time.Time              `json:"delivered,omitzero"`
}

// Trail is a trail and the days of which objects were read.
type Trail struct {
	Account string   `json:"account"`
	Region  string   `json:"region"`
	Days    []string `json:"days"`
}

// Flattened are objects that were read in a flattened shape.
type Flattened struct {
	Shape   flat.Shape  `json:"shape"`
	Records int         `json:"records"`
	Errors  int         `json:"errors"`
	Carried flat.Fields `json:"carried"`
	Object  string      `json:"object"`
	Objects int         `json:"objects"`
}

// Failure says why something could not be read.
type Failure struct {
	Object string         `json:"object"`
	Error  string         `json:"error"`
	Limit  coverage.Limit `json:"limit,omitempty"` // the limit that was exceeded
	Value  int64          `json:"value,omitempty"` // of the limit
}

// CoverOf returns a coverage as it is stored.
func CoverOf(c *coverage.Coverage) Cover {
	c.Sort()
	v := Cover{
		Read: c.Objects.Read, Failed: c.Objects.Failed, Skipped: c.Objects.Skipped,
		Seen: c.Records.Seen, Denied: c.Records.Kept + c.Records.OutsideWindow,
		NotS3Denied: c.Records.NotS3Denied, Malformed: c.Records.Malformed,
		Compressed: c.Bytes.Compressed, Decompressed: c.Bytes.Decompressed,
		Folders: c.Folders, Pruned: c.Pruned, Unsupported: c.Unsupported, OtherLogs: c.OtherLogs,
		DataEvents: c.DataEvents, Undated: c.Undated, Delivered: c.Delivered,
	}
	for _, f := range c.Failures {
		v.Failures = append(v.Failures, FailureOf(f))
	}
	for _, f := range c.Flattened {
		v.Flattened = append(v.Flattened, Flattened{f.Shape, f.Records, f.Errors, f.Carried, f.Object, f.Objects})
	}
	for place, days := range c.Trails {
		t := Trail{Account: place.Account, Region: place.Region}
		for _, day := range days.List() {
			t.Days = append(t.Days, day.Format(time.DateOnly))
		}
		v.Trails = append(v.Trails, t)
	}
	slices.SortFunc(v.Trails, func(a, b Trail) int {
		return cmp.Or(cmp.Compare(a.Account, b.Account), cmp.Compare(a.Region, b.Region))
	})
	return v
}

// FailureOf returns a failure as it is stored.
func FailureOf(f coverage.Failure) Failure {
	v := Failure{Object: f.Object, Error: f.Err.Error()}
	var over coverage.LimitError
	if errors.As(f.Err, &over) {
		v.Limit, v.Value = over.Limit, over.Value
	}
	return v
}

// Coverage returns the failure as coverage has it.
func (f *Failure) Coverage() coverage.Failure {
	err := errors.New(f.Error)
	if f.Limit != "" {
		return coverage.Failure{Object: f.Object, Err: coverage.LimitError{Limit: f.Limit, Value: f.Value}}
	}
	return coverage.Failure{Object: f.Object, Err: err}
}

// Coverage returns the coverage that was stored. All denials count as kept.
func (v *Cover) Coverage() *coverage.Coverage {
	c := &coverage.Coverage{
		Objects: coverage.Objects{Read: v.Read, Failed: v.Failed, Listed: v.Read + v.Failed},
		Records: coverage.Records{Seen: v.Seen, Kept: v.Denied, NotS3Denied: v.NotS3Denied, Malformed: v.Malformed},
		Bytes:   coverage.Bytes{Compressed: v.Compressed, Decompressed: v.Decompressed},
		Folders: v.Folders, Pruned: slices.Clone(v.Pruned), Unsupported: slices.Clone(v.Unsupported),
		OtherLogs: v.OtherLogs, DataEvents: v.DataEvents, Undated: v.Undated, Delivered: v.Delivered,
	}
	for reason, n := range v.Skipped {
		c.Objects.Listed += n
		c.Skip(reason, n)
	}
	for i := range v.Failures {
		c.Failures = append(c.Failures, v.Failures[i].Coverage())
	}
	for _, f := range v.Flattened {
		c.Flattened = append(c.Flattened, coverage.FlatObjects{
			Seen:   flat.Seen{Shape: f.Shape, Records: f.Records, Errors: f.Errors, Carried: f.Carried},
			Object: f.Object, Objects: f.Objects,
		})
	}
	for _, t := range v.Trails {
		if c.Trails == nil {
			c.Trails = coverage.Trails{}
		}
		var days []time.Time
		for _, text := range t.Days {
			if day, err := time.Parse(time.DateOnly, text); err == nil {
				days = append(days, day)
			}
		}
		c.Trails[source.Place{Account: t.Account, Region: t.Region}] = coverage.NewDays(days...)
	}
	return c
}
