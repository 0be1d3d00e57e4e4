"""The means check of a case (核对): made by ``doudi.verification`` from what the registry holds of departments, on the signed
authorisations; frozen, numbered, a document of the case; made again when the household objects.
"""
