package source

import (
	"context"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

const (
	// listers is how many folders are listed at a time.
	listers = 32
	// maxFolders is beyond how many folders side by side are not listed one by
	// one, but plainly, key by key.
	maxFolders = 1000
	// last stands behind every key of a folder.
	last = "\U0010FFFF"
)

// discovery finds the objects of a bucket. How the keys are laid out shows as it
// goes:
//
//   - From AWSLogs down to the Regions it goes folder by folder, all at a time.
//   - Below a Region only the keys between two times count. It asks for a page of
//     them; mostly that is all. If not, it goes on with years, months and days, all
//     at a time.
//   - Elsewhere it does the same without times.
//
// So there is about one request for each thousand keys, and hardly any waits for
// another. Whatever the pages hold, the entries are the same.
type discovery struct {
	store  Store
	bucket string
	query  *Query

	ctx     context.Context
	group   *errgroup.Group
	entries chan Entry

	mu     sync.Mutex
	pruned map[string]bool
	found  bool // anything
}

// run yields what lies below a key, until yield wants no more.
func (d *discovery) run(ctx context.Context, key string, yield func(Entry, error) bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d.pruned, d.entries = map[string]bool{}, make(chan Entry, 1000)
	d.group, d.ctx = errgroup.WithContext(ctx)
	d.group.SetLimit(listers + 1)
	var err error
	go func() {
		defer close(d.entries)
		d.group.Go(func() error { return d.root(key) })
		if err = d.group.Wait(); err == nil {
			err = d.nothing(ctx, key)
		}
	}()
	for e := range d.entries {
		if !yield(e, nil) {
			cancel()
			for range d.entries {
				// until those who send have seen it
			}
			return
		}
	}
	if err != nil {
		yield(Entry{}, err)
	}
}

// root lists what was asked for by name. A key without a slash may be an object
// or a folder; else it is the begin of keys.
func (d *discovery) root(key string) error {
	if key == "" || strings.HasSuffix(key, "/") {
		return d.folder(key, "", "")
	}
	isFolder, isObject, token := false, false, ""
	for {
		beyond := false
		next, err := d.store.Page(d.ctx, d.bucket, key, "/", "", token, func(k string, size int64) {
			switch {
			case k == key && size >= 0:
				isObject = true
				d.seen()
				d.send(Entry{Name: Location{d.bucket, k}.URL(), Size: size})
			case k == key+"/" && size < 0:
				isFolder = true
			}
			beyond = beyond || k > key+"/"
		})
		if err != nil {
			return err
		}
		if token = next; next == "" || beyond {
			break
		}
	}
	switch {
	case isFolder:
		return d.folder(key+"/", "", "")
	case isObject:
		return nil
	}
	return d.pages(key, "", "", "")
}

// folder lists the keys of a folder, with its slash, between two.
func (d *discovery) folder(path, after, before string) error {
	if region := regionOf(path); region != "" {
		from, to := d.query.span(region)
		after, before = max(after, from), to
	}
	if isUpper(path) {
		return d.children(path, after, before)
	}
	return d.below(path, after, before)
}

// isUpper says whether a folder is one of CloudTrail's layout above the Regions.
func isUpper(path string) bool { return upperFolder.MatchString(strings.TrimSuffix(path, "/")) }

// below lists the keys of a folder between two: those of a page, and if there
// are more, folder by folder.
func (d *discovery) below(path, after, before string) error {
	reached, next, err := d.page(path, after, "", before)
	if err != nil || next == "" || before != "" && reached >= before {
		return err
	}
	if dayOfRegion.MatchString(path) {
		return d.pages(path, next, after, before)
	}
	return d.children(path, reached, before)
}

// pages lists the keys between two that begin so, page after page.
func (d *discovery) pages(prefix, token, after, before string) error {
	for {
		reached, next, err := d.page(prefix, after, token, before)
		if err != nil || next == "" || before != "" && reached >= before {
			return err
		}
		token = next
	}
}

func (d *discovery) page(prefix, after, token, before string) (reached, next string, err error) {
	next, err = d.store.Page(d.ctx, d.bucket, prefix, "", after, token, func(key string, size int64) {
		reached = key
		if key > after && (before == "" || key < before) {
			d.key(prefix, key, size)
		}
	})
	return reached, next, err
}

// children lists a folder's own keys between two, and the folders in it.
func (d *discovery) children(path, after, before string) error {
	token, n := "", 0
	for {
		var folders []string
		reached := ""
		next, err := d.store.Page(d.ctx, d.bucket, path, "/", "", token, func(key string, size int64) {
			switch {
			case size < 0:
				folders, reached = append(folders, key), key+last
			default:
				if reached = key; key > after && (before == "" || key < before) {
					d.key(path, key, size)
				}
			}
		})
		if err != nil {
			return err
		}
		n += len(folders)
		for _, f := range folders {
			switch {
			case f+last <= after || before != "" && f >= before:
			case d.query.Prunes(f):
				d.prune(f)
			default:
				if err := d.start(f, after, before); err != nil {
					return err
				}
			}
		}
		switch {
		case next == "":
			return nil
		case n > maxFolders && !isUpper(path):
			return d.pages(path, "", max(after, reached), before)
		}
		token = next
	}
}

// start lists a folder beside all else, or at once if enough is going on.
func (d *discovery) start(folder, after, before string) error {
	list := func() error {
		if err := context.Cause(d.ctx); err != nil {
			return err
		}
		return d.folder(folder, after, before)
	}
	if d.group.TryGo(list) {
		return nil
	}
	return list()
}
