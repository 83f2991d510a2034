package source

import (
	"context"
	"strings"

	"golang.org/x/sync/errgroup"
)

const (
	// listers is how many folders are listed at a time.
	listers = 32
	// maxFolders is how many folders on one level are listed one by one. If there
	// are more, the keys are listed without folders.
	maxFolders = 1000
	// last is appended to the name of a folder: no key in it sorts later.
	last = "\U0010FFFF"
)

// discovery finds the objects of a bucket. It learns the layout of the keys while it
// lists them:
//
//   - From AWSLogs down to the Regions, it lists folder by folder, many at a time.
//   - Below a Region, only the keys between two times count. It asks for a page of
//     them, which is usually enough. If it is not, it continues with years, months
//     and days, many at a time.
//   - Elsewhere it does the same without times.
//
// It makes about one request for each thousand keys, and requests rarely wait for
// each other. The entries do not depend on what each page holds.
type discovery struct {
	store Store
	found *finds

	ctx   context.Context
	group *errgroup.Group
}

// run yields what lies below a key, until yield wants no more.
func (d *discovery) run(ctx context.Context, key string, yield func(Entry, error) bool) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d.group, d.ctx = errgroup.WithContext(ctx)
	d.group.SetLimit(listers + 1)
	var err error
	go func() {
		defer close(d.found.entries)
		d.group.Go(func() error { return d.root(key) })
		if err = d.group.Wait(); err == nil && !d.found.any {
			err = nothingThere(ctx, d.store, Location{d.found.bucket, key})
		}
	}()
	for e := range d.found.entries {
		if !yield(e, nil) {
			cancel()
			for range d.found.entries {
				// Wait until the senders have noticed.
			}
			return
		}
	}
	if err != nil {
		yield(Entry{}, err)
	}
}

// root lists what was asked for by name. A key without a slash at its end may be
// that of an object or a folder. Otherwise it is what keys start with.
func (d *discovery) root(key string) error {
	if key == "" || strings.HasSuffix(key, "/") {
		return d.folder(key, "", "")
	}
	isFolder, isObject, beyond := false, false, false
	next := d.store.Pages(d.found.bucket, key, "/", "")
	for more := true; more && !beyond; {
		var err error
		more, err = next(d.ctx, func(i Item) {
			switch {
			case i.Key == key && !i.Folder:
				isObject = true
				d.found.seen()
				d.found.object(d.ctx, i)
			case i.Key == key+"/" && i.Folder:
				isFolder = true
			}
			beyond = beyond || i.Key > key+"/"
		})
		if err != nil {
			return err
		}
	}
	switch {
	case isFolder:
		return d.folder(key+"/", "", "")
	case isObject:
		return nil
	}
	return d.pages(d.list(key, ""), key, "", "")
}

// list starts a listing of all keys after one.
func (d *discovery) list(prefix, after string) NextPage {
	return d.store.Pages(d.found.bucket, prefix, "", after)
}

// folder lists the keys of a folder between two keys. The path ends with a slash.
func (d *discovery) folder(path, after, before string) error {
	if region := regionOf(path); region != "" {
		from, to := d.found.query.span(region)
		after, before = max(after, from), to
	}
	if isUpper(path) {
		return d.children(path, after, before)
	}
	return d.below(path, after, before)
}

// isUpper says whether a folder is one of CloudTrail's layout above the Regions.
func isUpper(path string) bool { return upperFolder.MatchString(strings.TrimSuffix(path, "/")) }

// below lists the keys of a folder between two keys: a page of them, and if there
// are more, folder by folder.
func (d *discovery) below(path, after, before string) error {
	next := d.list(path, after)
	reached, more, err := d.page(next, path, after, before)
	if err != nil || !more || before != "" && reached >= before {
		return err
	}
	if dayOfRegion.MatchString(path) {
		return d.pages(next, path, after, before)
	}
	return d.children(path, max(after, reached), before)
}

// pages lists the keys between two keys, page after page.
func (d *discovery) pages(next NextPage, prefix, after, before string) error {
	for {
		reached, more, err := d.page(next, prefix, after, before)
		if err != nil || !more || before != "" && reached >= before {
			return err
		}
	}
}

// page lists one page. It returns the last key, empty if the page holds none.
func (d *discovery) page(next NextPage, prefix, after, before string) (reached string, more bool, err error) {
	more, err = next(d.ctx, func(i Item) {
		reached = i.Key
		if i.Key > after && (before == "" || i.Key < before) {
			d.found.key(d.ctx, prefix, i)
		}
	})
	return reached, more, err
}

// children lists a folder's own keys between two keys, and the folders in it.
func (d *discovery) children(path, after, before string) error {
	n := 0
	next := d.store.Pages(d.found.bucket, path, "/", "")
	for {
		var folders []string
		reached := ""
		more, err := next(d.ctx, func(i Item) {
			if i.Folder {
				folders, reached = append(folders, i.Key), i.Key+last
				return
			}
			if reached = i.Key; i.Key > after && (before == "" || i.Key < before) {
				d.found.key(d.ctx, path, i)
			}
		})
		if err != nil {
			return err
		}
		n += len(folders)
		for _, f := range folders {
			if err := d.child(f, after, before); err != nil {
				return err
			}
		}
		switch {
		case !more:
			return nil
		case n > maxFolders && !isUpper(path):
			after = max(after, reached)
			return d.pages(d.list(path, after), path, after, before)
		}
	}
}

// child lists a folder, unless none of its keys are wanted.
func (d *discovery) child(folder, after, before string) error {
	switch {
	case folder+last <= after || before != "" && folder >= before:
		return nil
	case d.found.query.Prunes(folder):
		d.found.prune(d.ctx, folder)
		return nil
	}
	return d.start(folder, after, before)
}

// start lists a folder in a goroutine of its own, or right away if enough of them
// are running.
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
