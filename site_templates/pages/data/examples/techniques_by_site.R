# How many techniques are described for each site, and which bodies rate them?
# Needs R alone. Start it with the address or the folder of the data: Rscript techniques_by_site.R <data>

data <- sub("/$", "", commandArgs(trailingOnly = TRUE)[1])

# All columns as text: ids and values stay what they are. The byte order mark is skipped.
read_table <- function(name) {
  read.csv(file.path(data, name), colClasses = "character", encoding = "UTF-8",
           fileEncoding = "UTF-8-BOM", check.names = FALSE)
}
said <- read_table("indications.csv")
ratings <- read_table("evidence.csv")

# Only what a source describes: not what it only reports, and not what it speaks against.
described <- said[said$standing == "indicated" & said$pain_site != "", ]
techniques <- unique(described[c("pain_site", "technique")])

# Ratings of a class are shown with its members; here only what was rated for the technique itself.
own <- ratings[ratings$technique == ratings$rated_for, ]

result <- do.call(rbind, lapply(split(techniques, techniques$pain_site), function(rows) {
  bodies <- unique(own$body[own$technique %in% rows$technique])
  data.frame(pain_site = rows$pain_site[1], techniques = nrow(rows), rating_bodies = length(bodies))
}))
result <- result[order(-result$techniques, result$pain_site, method = "radix"), ]
write.csv(result, quote = FALSE, row.names = FALSE)
