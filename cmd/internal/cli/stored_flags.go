package cli

import (
	"slices"

	"trail403/aggregate/filter"
	"trail403/ingest/denial"
)

// checkStore rejects what a store cannot answer.
func (o *reportFlags) checkStore(sources []string, s *filter.Selection) error {
	if o.store == "" {
		return nil
	}
	for _, c := range o.errorCodes {
		if !slices.Contains(denial.DefaultErrorCodes(), c) {
			return usagef("--error-code %s cannot be used with --store", c).
				hint("a store holds the denials with S3's access denied codes; read the objects for other codes")
		}
	}
	switch {
	case s != nil && s.Only.Asks(filter.AccessKey):
		return usagef("--%s cannot be used with --store", filter.AccessKey).
			hint("a store holds no access key ids; read the objects, or ask for the principal or the session")
	case o.dryRun && len(sources) == 0 && o.objectsFrom == "":
		return usagef("--dry-run lists the objects of a SOURCE, and none is given").
			hint("`trail403 store status %s` shows what a store holds", o.store)
	}
	return nil
}

// checkConfirm rejects --confirm-fixes where the requests that succeeded cannot be read.
func (o *reportFlags) checkConfirm(sources []string) error {
	switch {
	case !o.confirm:
		return nil
	case o.engine != "":
		return usagef("--confirm-fixes reads all requests here, and cannot be used with --engine").
			hint("leave out one of them")
	case o.objectsFrom != "" || slices.Contains(sources, "-"):
		return usagef("--confirm-fixes reads the sources twice, and standard input and lists can be read only once").
			hint("name the files, folders or buckets as SOURCE")
	case len(sources) == 0 && o.store != "":
		return usagef("--confirm-fixes needs a SOURCE: a store holds denials, but no requests that succeeded").
			hint("name the objects beside the store: trail403 report --store %s --confirm-fixes SOURCE", o.store)
	}
	return nil
}
