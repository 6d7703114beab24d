package io.registrykit;

/**
 * What a copy of many images did. Immutable.
 *
 * @param repositories how many repositories were copied, without those that had no tags
 * @param images how many images, those counted once that have several tags
 * @param tags how many tags
 */
public record CopyReport(long repositories, long images, long tags) {

  /** Both together. */
  CopyReport plus(CopyReport other) {
    return new CopyReport(
        repositories + other.repositories, images + other.images, tags + other.tags);
  }
}
