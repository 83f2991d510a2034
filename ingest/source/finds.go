package source

import (
	"context"
	"strings"
	"sync"
)

// finds collects what the listings of a bucket find, from many goroutines, and
// sends what the query asks for.
type finds struct {
	bucket  string
	query   *Query
	entries chan Entry

	mu     sync.Mutex
	pruned map[string]bool
	any    bool // whether there is anything at all
}

func newFinds(bucket string, q *Query) *finds {
	return &finds{bucket: bucket, query: q, entries: make(chan Entry, 1000), pruned: map[string]bool{}}
}

// key handles a key that was found while listing a prefix. It sends the object,
// unless the object is in a folder below the prefix that is skipped, or was
// delivered at another time.
func (f *finds) key(ctx context.Context, prefix string, i Item) {
	f.seen()
	key := i.Key
	if i.Size == 0 && strings.HasSuffix(key, "/") {
		return // the S3 console creates such objects to show a folder
	}
	for at := len(prefix[:strings.LastIndexByte(prefix, '/')+1]); at < len(key); at++ {
		if key[at] == '/' && f.query.Prunes(key[:at]) {
			f.prune(ctx, key[:at+1])
			return
		}
	}
	if region := regionOf(key); region != "" {
		if after, before := f.query.span(region); key <= after || before != "" && key >= before {
			return
		}
	}
	f.object(ctx, i)
}

// object sends an object.
func (f *finds) object(ctx context.Context, i Item) {
	f.send(ctx, Entry{Name: Location{f.bucket, i.Key}.URL(), Size: i.Size, Version: i.Version})
}

// prune sends a folder that is skipped, once.
func (f *finds) prune(ctx context.Context, folder string) {
	f.mu.Lock()
	known := f.pruned[folder]
	f.pruned[folder], f.any = true, true
	f.mu.Unlock()
	if !known {
		f.send(ctx, Entry{Name: strings.TrimSuffix(Location{f.bucket, folder}.URL(), "/"), Pruned: true})
	}
}

func (f *finds) seen() {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.any = true
}

func (f *finds) send(ctx context.Context, e Entry) {
	select {
	case f.entries <- e:
	case <-ctx.Done():
	}
}
