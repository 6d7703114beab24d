package io.registrykit.spi.tck;

import io.registrykit.spi.store.StoreFeature;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Marks a law that only holds for stores with a feature; it is skipped for others. */
@Target(ElementType.METHOD)
@Retention(RetentionPolicy.RUNTIME)
@interface RequiresFeature {
  /** The features that the law asks for. */
  StoreFeature[] value();
}
