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
