"""The live preview: a saved source shows in the open browser, an error shows above the last good page."""
