package source

import (
	"context"
	"strings"
)

// key sends an object that was found while listing a prefix, unless it lies in
// a folder below it that is passed over, or was delivered at another time.
func (d *discovery) key(prefix, key string, size int64) {
	d.seen()
	if size == 0 && strings.HasSuffix(key, "/") {
		return // such as the console makes to show a folder
	}
	for i := len(prefix[:strings.LastIndexByte(prefix, '/')+1]); i < len(key); i++ {
		if key[i] == '/' && d.query.Prunes(key[:i]) {
			d.prune(key[:i+1])
			return
		}
	}
	if region := regionOf(key); region != "" {
		if after, before := d.query.span(region); key <= after || before != "" && key >= before {
			return
		}
	}
	d.send(Entry{Name: Location{d.bucket, key}.URL(), Size: size})
}

func (d *discovery) seen() {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.found = true
}

// prune sends a folder that is passed over, once.
func (d *discovery) prune(folder string) {
	d.seen()
	d.mu.Lock()
	known := d.pruned[folder]
	d.pruned[folder] = true
	d.mu.Unlock()
	if !known {
		d.send(Entry{Name: strings.TrimSuffix(Location{d.bucket, folder}.URL(), "/"), Pruned: true})
	}
}

func (d *discovery) send(e Entry) {
	select {
	case d.entries <- e:
	case <-d.ctx.Done():
	}
}

// nothing returns an error if there is nothing at all below the key; what is
// there may also have been delivered at another time.
func (d *discovery) nothing(ctx context.Context, key string) error {
	if d.found {
		return nil
	}
	any := false
	_, err := d.store.Page(ctx, d.bucket, key, "", "", "", func(string, int64) { any = true })
	if err != nil || any {
		return err
	}
	missing := &NothingThere{Location: Location{d.bucket, key}}
	_, err = d.store.Page(ctx, d.bucket, "", "/", "", "", func(k string, size int64) {
		if size < 0 && len(missing.Folders) < 10 {
			missing.Folders = append(missing.Folders, k)
		}
	})
	if err != nil {
		return err
	}
	return missing
}
