-- MySQL dump 10.13  Distrib 8.0.31, for Linux (x86_64)
--
-- Host: localhost    Database: shop
-- ------------------------------------------------------
-- Server version	8.0.31

/*!40101 SET @OLD_CHARACTER_SET_CLIENT=@@CHARACTER_SET_CLIENT */;
/*!40101 SET @OLD_COLLATION_CONNECTION=@@COLLATION_CONNECTION */;
/*!50503 SET NAMES utf8mb4 */;
/*!40103 SET @OLD_TIME_ZONE=@@TIME_ZONE */;
/*!40103 SET TIME_ZONE='+00:00' */;
/*!40014 SET @OLD_UNIQUE_CHECKS=@@UNIQUE_CHECKS, UNIQUE_CHECKS=0 */;
/*!40014 SET @OLD_FOREIGN_KEY_CHECKS=@@FOREIGN_KEY_CHECKS, FOREIGN_KEY_CHECKS=0 */;
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */;

--
-- Table structure for table `order_line`
--

DROP TABLE IF EXISTS `order_line`;
/*!40101 SET @saved_cs_client     = @@character_set_client */;
/*!50503 SET character_set_client = utf8mb4 */;
CREATE TABLE `order_line` (
  `order_id` int unsigned NOT NULL,
  `line` smallint NOT NULL,
  `product` varchar(40) CHARACTER SET latin1 COLLATE latin1_bin NOT NULL,
  `amount` decimal(12,2) NOT NULL DEFAULT '0.00',
  `note` text,
  PRIMARY KEY (`order_id`,`line`),
  KEY `by_product` (`product`(10)),
  CONSTRAINT `line_of_order` FOREIGN KEY (`order_id`) REFERENCES `orders` (`id`) ON DELETE CASCADE
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci;
/*!40101 SET character_set_client = @saved_cs_client */;

--
-- Dumping data for table `order_line`
--

LOCK TABLES `order_line` WRITE;
/*!40000 ALTER TABLE `order_line` DISABLE KEYS */;
INSERT INTO `order_line` VALUES (1,1,'A-1',9.90,'it''s; \'a\' \\ note'),(1,2,'B-2',0.10,NULL);
/*!40000 ALTER TABLE `order_line` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `orders`
--

DROP TABLE IF EXISTS `orders`;
CREATE TABLE `orders` (
  `id` int unsigned NOT NULL AUTO_INCREMENT,
  `customer` varchar(64) COLLATE utf8mb4_unicode_ci NOT NULL,
  `state` enum('new','paid','sent') COLLATE utf8mb4_unicode_ci NOT NULL DEFAULT 'new',
  `placed_at` timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
  `changed_at` timestamp NULL DEFAULT NULL ON UPDATE CURRENT_TIMESTAMP,
  `total` decimal(12,2) DEFAULT NULL,
  `gross` decimal(14,2) GENERATED ALWAYS AS ((`total` * 1.2)) VIRTUAL,
  PRIMARY KEY (`id`),
  UNIQUE KEY `one_at_a_time` (`customer`,`placed_at`),
  FULLTEXT KEY `customer_text` (`customer`)
) ENGINE=InnoDB AUTO_INCREMENT=2 DEFAULT CHARSET=utf8mb4 COLLATE=utf8mb4_unicode_ci COMMENT='what was bought';

LOCK TABLES `orders` WRITE;
/*!40000 ALTER TABLE `orders` DISABLE KEYS */;
INSERT INTO `orders` (`id`, `customer`, `state`, `placed_at`, `changed_at`, `total`) VALUES (1,'Ada','paid','2026-01-01 00:00:00',NULL,10.00);
/*!40000 ALTER TABLE `orders` ENABLE KEYS */;
UNLOCK TABLES;

--
-- Table structure for table `word`: a key over a part of a column
--

DROP TABLE IF EXISTS `word`;
CREATE TABLE `word` (
  `text` varchar(300) NOT NULL,
  `seen` bigint NOT NULL DEFAULT '0',
  PRIMARY KEY (`text`(20)),
  KEY `by_seen` (`seen` DESC)
) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4;

/*!50003 SET @saved_sql_mode       = @@sql_mode */ ;
/*!50003 SET sql_mode              = 'STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION' */ ;
DELIMITER ;;
/*!50003 CREATE*/ /*!50017 DEFINER=CURRENT_USER*/ /*!50003 TRIGGER `count_words` AFTER INSERT ON `orders` FOR EACH ROW BEGIN
  INSERT INTO word (text, seen) VALUES (NEW.customer, 1) ON DUPLICATE KEY UPDATE seen = seen + 1;
END */;;
DELIMITER ;
/*!50003 SET sql_mode              = @saved_sql_mode */ ;

--
-- Temporary view structure for view `open_orders`
--

DROP TABLE IF EXISTS `open_orders`;
/*!50001 DROP VIEW IF EXISTS `open_orders`*/;
/*!50001 CREATE ALGORITHM=UNDEFINED */
/*!50013 SQL SECURITY DEFINER */
/*!50001 VIEW `open_orders` AS select `orders`.`id` AS `id`,`orders`.`customer` AS `customer` from `orders` where (`orders`.`state` = 'new') */;

/*!50003 DROP PROCEDURE IF EXISTS `close_order` */;
DELIMITER ;;
CREATE PROCEDURE `close_order`(IN which int)
BEGIN
  DECLARE done int DEFAULT 0;
  SELECT COUNT(*) INTO done FROM orders WHERE id = which AND state = "sent";
  IF done = 0 THEN
    UPDATE orders SET state = 'sent' WHERE id = which;
  END IF;
END ;;
DELIMITER ;

/*!40103 SET TIME_ZONE=@OLD_TIME_ZONE */;
/*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
/*!40014 SET FOREIGN_KEY_CHECKS=@OLD_FOREIGN_KEY_CHECKS */;
/*!40014 SET UNIQUE_CHECKS=@OLD_UNIQUE_CHECKS */;
/*!40101 SET CHARACTER_SET_CLIENT=@OLD_CHARACTER_SET_CLIENT */;
/*!40101 SET COLLATION_CONNECTION=@OLD_COLLATION_CONNECTION */;
/*!40111 SET SQL_NOTES=@OLD_SQL_NOTES */;

-- Dump completed on 2026-01-01  0:00:00
