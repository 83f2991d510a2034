package source

import "context"

// NothingThere is the error of a prefix without objects.
type NothingThere struct {
	Location Location
	Folders  []string // what the bucket holds at its top
}

func (e *NothingThere) Error() string { return "no objects in " + e.Location.URL() }

// nothingThere returns an error if there is nothing at all at the place. Objects
// that were delivered at other times than the query asks for are something.
func nothingThere(ctx context.Context, store Store, l Location) error {
	const shown = 10
	found := false
	anything := store.Pages(l.Bucket, l.Key, "", "")
	for more := true; more && !found; {
		var err error
		if more, err = anything(ctx, func(Item) { found = true }); err != nil {
			return err
		}
	}
	if found {
		return nil
	}
	missing := &NothingThere{Location: l}
	_, err := store.Pages(l.Bucket, "", "/", "")(ctx, func(i Item) {
		if i.Folder && len(missing.Folders) < shown {
			missing.Folders = append(missing.Folders, i.Key)
		}
	})
	if err != nil {
		return err
	}
	return missing
}
