package cli

import (
	"errors"
	"path/filepath"
	"strings"

	"trail403/ingest/source"
	"trail403/ingest/source/s3"
	"trail403/ingest/store"
	"trail403/ingest/store/ledger"
	storeplace "trail403/ingest/store/place"
	storeversion "trail403/ingest/store/version"
)

// storePlace returns the place of a store that somebody names: a folder, or a prefix in
// S3.
func storePlace(name string, client *s3.Client) (storeplace.Place, error) {
	switch {
	case name == "":
		return nil, usagef("no STORE is given").
			hint("name a folder or s3://BUCKET/PREFIX: --store ./store; the first `trail403 collect` makes it")
	case source.IsLocation(name):
		l, err := source.ParseLocation(name)
		if err != nil {
			return nil, usagef("STORE: %w", err).hint("write it as in s3://my-bucket/trail403/")
		}
		return storeplace.NewBucket(client, l), nil
	}
	return storeplace.Folder{Path: name}, nil
}

// checkApart makes sure that a store does not lie inside of what is collected: its own
// files would be collected, too.
func checkApart(name string, sources []string) error {
	for _, src := range sources {
		if isInside(name, src) {
			return usagef("the store lies inside of the SOURCE %s", src).
				hint("choose another place for the store, or name the folders beside it as SOURCE")
		}
	}
	return nil
}

// isInside says whether a place is a source, or below it.
func isInside(name, src string) bool {
	switch remote := source.IsLocation(name); {
	case remote != source.IsLocation(src):
		return false
	case remote:
		store, err := source.ParseLocation(name)
		of, failed := source.ParseLocation(src)
		return err == nil && failed == nil && store.Bucket == of.Bucket && strings.HasPrefix(store.Key, of.Key)
	}
	path, err := filepath.Rel(realPath(src), realPath(name))
	return err == nil && path != ".." && !strings.HasPrefix(path, ".."+string(filepath.Separator))
}

// storeHint adds what to do about a store that cannot be used.
func storeHint(err error) error {
	hint := ""
	var newer storeversion.NewerError
	switch {
	case errors.Is(err, ledger.ErrNoStore):
		hint = "`trail403 collect --store STORE SOURCE` makes one"
	case errors.Is(err, ledger.ErrNotEmpty):
		hint = "a store needs a folder or prefix of its own: name one that is empty or does not exist"
	case errors.Is(err, ledger.ErrNoCondition):
		hint = "use Amazon S3, another server that supports If-None-Match, or a folder"
	case errors.Is(err, ledger.ErrHole), errors.Is(err, store.ErrSeen):
		hint = "restore the file from a backup or from an earlier version of the bucket; " +
			"`trail403 store check STORE` lists all that is wrong, and docs/store.md says what else helps"
	case errors.As(err, &newer):
		hint = "install the version of trail403 that wrote the store, or a later one"
	default:
		return sourceHint(err)
	}
	return hintedError{err, []string{hint}}
}
